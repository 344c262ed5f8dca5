#pragma once
#include <string>
#include <string_view>

namespace pishkhan::page {

/// gzip (RFC 1952) with no time and no name in it: the same bytes give the same bytes.
std::string gzip(std::string_view bytes);

std::string base64(std::string_view bytes);

/// How a content security policy names what it allows: `sha256-...`.
std::string content_hash(std::string_view bytes);

/// Text for HTML, in an element or between double quotes.
std::string escaped(std::string_view text);

}  // namespace pishkhan::page
