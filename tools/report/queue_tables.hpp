#pragma once
#include <span>

#include "tools/report/tables.hpp"

namespace pishkhan {

/// Of a scenario with Scenario::queues: `hour_queues`, of bare stations `stream_queues`, and
/// `station_queues`.
std::span<const MakeTable> makers_of_queue_tables(const Scenario& scenario);

}  // namespace pishkhan
