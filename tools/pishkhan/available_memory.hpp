#pragma once

namespace pishkhan {

/// Bytes that this process may still take: what the machine has available, within the limits of the process
/// and of its control group. Infinite where nobody knows.
double available_memory_bytes();
/// Bytes of memory that this process holds now.
double resident_memory_bytes();

}  // namespace pishkhan
