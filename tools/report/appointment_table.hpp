#pragma once
#include "tools/report/tables.hpp"

namespace pishkhan {

/// `appointments`, of a province whose scenario has some: slots, and the waits of those who booked and of
/// those who walked in.
Table make_appointments_table(const Results& results);

}  // namespace pishkhan
