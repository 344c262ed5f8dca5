#pragma once
#include <string>
#include <vector>

#include "models/scenario/text/document.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/tables.hpp"
#include "tools/sweep/study.hpp"

namespace pishkhan {

/// The quantities that a response may be of, as the tables of a run call them.
std::vector<std::string> response_quantities();

/// Unit of a quantity; `share` of a share.
std::string unit_of(const std::string& quantity);

/// Refuses a channel, county or station that the scenario does not have. `path` is that of the response.
void check_response(const Response& response, const std::string& path, const Scenario& scenario,
                    Diagnostics& mistakes);
/// The same of every response of a study.
void check_responses(const Study& study, const Scenario& scenario, Diagnostics& mistakes);

/// By station of the scenario, whether a response is of it; of none, if it is of citizens.
std::vector<bool> is_of_station(const Response& response, const Scenario& scenario);

/// A response of one point.
struct ResponseValue {
  Estimate estimate;
  std::vector<double> by_replication;  ///< NaN where a replication observed nothing
};

/// Every response of a run, in their order, with the intervals that the tables of the run have.
std::vector<ResponseValue> find_responses(const std::vector<Response>& responses, const Results& results);

}  // namespace pishkhan
