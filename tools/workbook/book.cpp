#include "tools/workbook/book.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"

namespace pishkhan::workbook {
namespace {

constexpr std::size_t kMostBytesOfText = 32'000;  // a cell holds 32,767 characters
constexpr const char* kFontOfPersian = "Tahoma";  // has the letters, and is on every Windows
constexpr std::uint32_t kColourOfLinks = 0x0E5A6B;

/// As much of a text as a cell holds, whole characters only.
std::string fitting(std::string text) {
  if (text.size() <= kMostBytesOfText) return text;
  std::size_t end = kMostBytesOfText;
  const auto is_inside_character = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (end > 0 && is_inside_character(end)) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

void expect_done(lxw_error error) { PISHKHAN_ENSURE(error == LXW_NO_ERROR); }

std::string number_format(int decimals, bool percent, Language language) {
  std::string format = language == Language::persian ? "[$-3000429]" : "";  // Persian digits
  format += percent ? "0" : "#,##0";
  if (decimals > 0) format += '.' + std::string(static_cast<std::size_t>(decimals), '0');
  return percent ? format + '%' : format;
}

Book::Book(std::filesystem::path file, Language language, const std::string& title, DayNumber created)
    : file_(std::move(file)), language_(language), workbook_(workbook_new(file_.c_str())) {
  if (!workbook_) throw std::bad_alloc();
  std::string shown_title = fitting(printable(title));
  lxw_doc_properties properties{};
  properties.title = shown_title.data();
  constexpr std::int64_t kSecondsPerDay = 86'400;
  // The library takes the clock for 0.
  properties.created = std::max<std::int64_t>(created * kSecondsPerDay, 1);
  expect_done(workbook_set_properties(workbook_.get(), &properties));
}

lxw_worksheet* Book::add_sheet(const std::string& name) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook_.get(), name.c_str());
  PISHKHAN_ENSURE(sheet);
  if (is_persian()) worksheet_right_to_left(sheet);
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_paper(sheet, kA4);
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.7);  // inches
  expect_done(worksheet_set_footer(sheet, "&C&P / &N"));
  return sheet;
}

void Book::write(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, const std::string& text,
                 const Style& style) {
  expect_done(worksheet_write_string(sheet, row, column, fitting(text).c_str(), format(style)));
}

void Book::write(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, double value,
                 const Style& style) {
  expect_done(worksheet_write_number(sheet, row, column, value, format(style)));
}

void Book::write_date(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, DayNumber day) {
  const Date date = to_gregorian(day);
  lxw_datetime time{};
  time.year = date.year;
  time.month = date.month;
  time.day = date.day;
  Style style;
  style.number_format = "yyyy-mm-dd";
  expect_done(worksheet_write_datetime(sheet, row, column, &time, format(style)));
}

void Book::write_link(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, const std::string& to) {
  Style style;
  style.letters = kColourOfLinks;
  const std::string url = "internal:'" + to + "'!A1";
  expect_done(worksheet_write_url_opt(sheet, row, column, url.c_str(), format(style), to.c_str(), nullptr));
}

lxw_format* Book::format(const Style& style) {
  lxw_format*& format = formats_[style];
  if (format) return format;
  format = workbook_add_format(workbook_.get());
  if (!format) throw std::bad_alloc();
  if (is_persian()) {
    format_set_font_name(format, kFontOfPersian);
    format_set_font_size(format, 10);
    // Latin ids too stand at the right, away from the next column.
    if (style.number_format.empty()) format_set_align(format, LXW_ALIGN_RIGHT);
    constexpr std::uint8_t kFromRightToLeft = 2;
    if (style.number_format.empty()) format_set_reading_order(format, kFromRightToLeft);
  }
  if (style.size > 0) format_set_font_size(format, style.size);
  if (!style.number_format.empty()) format_set_num_format(format, style.number_format.c_str());
  if (style.letters != 0) format_set_font_color(format, style.letters);
  if (style.ground != 0) format_set_bg_color(format, style.ground);
  if (style.bold) format_set_bold(format);
  if (style.wrap) format_set_text_wrap(format);
  if (style.border) format_set_bottom(format, LXW_BORDER_THIN);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

lxw_format* Book::conditional_format(std::uint32_t ground, std::uint32_t letters) {
  lxw_format*& format = conditional_formats_[{ground, letters}];
  if (format) return format;
  format = workbook_add_format(workbook_.get());
  if (!format) throw std::bad_alloc();
  format_set_bg_color(format, ground);
  format_set_font_color(format, letters);
  return format;
}

void Book::close() {
  errno = 0;
  const lxw_error error = workbook_close(workbook_.release());  // frees it too
  if (error == LXW_NO_ERROR) return;
  const std::string reason = errno != 0 ? std::generic_category().message(errno) : lxw_strerror(error);
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
  throw EnvironmentError("cannot write " + file_.string() + ": " + reason);
}

}  // namespace pishkhan::workbook
