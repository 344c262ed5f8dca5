#include "models/trial/coupling/web_calls.hpp"

#include <algorithm>

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"

namespace pishkhan {

WebCalls::WebCalls(const Scenario& scenario, const Plan::Data& data, DrawKey key) : data_(data), key_(key) {
  const Interval whole_day{0, kSecondsPerDay};
  curve_ = ArrivalCurve(scenario.demand.web, {&whole_day, 1});
}

void WebCalls::clear() {
  calls_.clear();
  call_of_.clear();
}

void WebCalls::draw(std::span<const Attempt> online) {
  calls_.clear();
  call_of_.assign(online.size(), kNoCall);
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t k = 0; k < online.size(); ++k) {
    const Attempt& attempt = online[k];
    if (data_.transactions[attempt.service()].work_s <= 0) continue;
    const Block words = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::web));
    order.emplace_back(curve_.time(uniform(words[0], words[1])), k);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [time_s, k] : order) {
    call_of_[k] = static_cast<std::uint32_t>(calls_.size());
    calls_.push_back({time_s, online[k].service()});
  }
}

}  // namespace pishkhan
