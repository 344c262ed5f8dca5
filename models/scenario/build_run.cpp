#include "models/scenario/builder.hpp"

namespace pishkhan {

Run build_run(Builder& builder, const Node& root, RunForm& form) {
  Run run;
  form = RunForm::unknown;
  const Node* node = root.find("run");
  if (node == nullptr || node->kind != Node::Kind::map) return run;
  const auto only_with = [&](const char* key, const char* partner, bool fits) {
    if (const Node* value = node->find(key); value != nullptr && !fits) {
      builder.mistake(*value, path_of("run", key), std::string("`") + key + "` without `" + partner + '`',
                      std::string("it belongs to a run by `") + partner + '`');
    }
  };
  const bool unbroken = node->find("length") != nullptr;
  const bool by_days = node->find("days") != nullptr;
  if (unbroken && by_days) {
    builder.mistake(*node->find("length"), "run.length", "both `days` and `length`",
                    "a run is by days or one unbroken stretch");
  } else if (!unbroken && !by_days) {
    builder.mistake(*node, "run", "neither `days` nor `length`",
                    "say how long to simulate, for example `days: 30`");
  } else {
    form = unbroken ? RunForm::unbroken : RunForm::days;
    only_with("warm_up", "length", unbroken);
    only_with("warm_up_days", "days", by_days);
  }
  if (unbroken && node->find("start") != nullptr) only_with("start", "days", by_days);
  run.start = static_cast<DayNumber>(Builder::number(*node, "start", 0));
  run.days = static_cast<int>(Builder::number(*node, "days", 1));
  run.warm_up_days = static_cast<int>(Builder::number(*node, "warm_up_days", 0));
  run.length_s = Builder::number(*node, "length", 0);
  run.warm_up_s = Builder::number(*node, "warm_up", 0);
  run.replications = static_cast<int>(Builder::number(*node, "replications", 1));
  run.seed = static_cast<std::uint64_t>(Builder::number(*node, "seed", 1));
  if (by_days && !unbroken && run.warm_up_days >= run.days && node->sound) {
    builder.mistake(*node->find("warm_up_days"), "run.warm_up_days", "no day is left after the warm-up",
                    "warm_up_days is part of days: fewer than " + std::to_string(run.days));
  }
  if (unbroken && !by_days && run.warm_up_s >= run.length_s && node->sound) {
    builder.mistake(*node->find("warm_up"), "run.warm_up", "nothing is left after the warm-up",
                    "warm_up is part of length");
  }
  return run;
}

}  // namespace pishkhan
