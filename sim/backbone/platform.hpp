#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/id.hpp"

namespace pishkhan {

using AccessLinkId = Id<struct AccessLinkTag>;
using CountyLinkId = Id<struct CountyLinkTag>;
using SystemId = Id<struct SystemTag>;

/// A full-duplex link: the two directions do not disturb each other.
struct Link {
  double up_bytes_s = 0;    ///< towards the systems: requests, > 0
  double down_bytes_s = 0;  ///< from the systems: responses, > 0
  double latency_s = 0;     ///< one way, the same both ways, >= 0
};

/// Where transactions come from: the line of an office or a counter, or the web at large.
struct AccessLink : Link {
  std::uint32_t kind = 0;  ///< tallies are kept by kind; index into names that the caller keeps
  CountyLinkId county;
  bool dedicated = false;  ///< transfers do not share it: each has the bandwidth to itself
};

/// An agency's computers: k cores, each of the n transactions inside at speed * min(1, k / n).
struct System {
  std::uint32_t cores = 1;  ///< >= 1
  double speed = 1;         ///< core-seconds of work a second, > 0
  Link data_centre;
};

/// Everything between the desks and the agencies' data centres. A transaction passes its access
/// link, its county's link, the province's link and the system's data-centre link.
struct Platform {
  std::vector<AccessLink> access_links;
  std::vector<Link> county_links;
  Link province_link;
  std::vector<System> systems;
};

/// One call to an agency's system. Every amount is > 0.
struct Transaction {
  AccessLinkId from;
  SystemId to;
  std::uint64_t request_bytes = 1;
  double work_s = 1;  ///< core-seconds at speed 1
  std::uint64_t response_bytes = 1;
};

/// Throws ContractViolation unless every amount and index of the platform is possible.
void expect_possible(const Platform& platform);

/// One way, over the four links.
double latency_s(const Platform& platform, AccessLinkId from, SystemId to);

/// What an access link and the links behind it are together for one transfer: the narrowest of them in each
/// direction, and the latency as far as the data centres. Of data centres that differ the widest counts.
Link way_of(const Platform& platform, const AccessLink& access);

/// The parts of a transaction that no other slows down: latency and bytes at the narrowest of the four
/// links, work at the speed of one core, and the same way back.
struct UnloadedTimes {
  double request_s;
  double work_s;
  double response_s;
  [[nodiscard]] double total_s() const { return request_s + work_s + response_s; }
};
UnloadedTimes unloaded(const Platform& platform, const Transaction& transaction);

/// The county links, the province link and the data-centre links which traffic could fill, because
/// the access links (and county links) before them can together bring more than they carry. While
/// there are none, `shared`, which lets these links cost latency and cap a line's bandwidth, and `simgrid`,
/// which shares them too, mean the same.
struct NarrowLinks {
  std::vector<CountyLinkId> counties;
  bool province = false;
  std::vector<SystemId> data_centres;
  [[nodiscard]] bool none() const { return counties.empty() && !province && data_centres.empty(); }
};
NarrowLinks narrow_links(const Platform& platform);

}  // namespace pishkhan
