#pragma once

namespace pishkhan::page {

/// What a page is about.
enum class PageOf { run, comparison, study, staffing, plan, decision };

}  // namespace pishkhan::page
