#pragma once

namespace pishkhan {

/// Lets the process keep memory that it frees, for what it asks for next: large blocks of a replication would
/// else go back to the system, and come again page by page, cleared. For the beginning of a program's main;
/// does nothing where the C library has no such choice.
void keep_freed_memory();

}  // namespace pishkhan
