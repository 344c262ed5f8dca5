#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/document.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// What the builders share: the place to put mistakes, and reading of validated nodes.
class Builder {
 public:
  explicit Builder(Diagnostics& mistakes) : mistakes_(mistakes) {}

  void mistake(const Node& node, std::string path, std::string problem, std::string hint = {}) {
    mistakes_.push_back(mistake_at(node.mark, std::move(path), std::move(problem), std::move(hint)));
  }
  /// `unknown <what> `name`` with the nearest known name as hint.
  void unknown(const Node& node, std::string path, std::string_view what, std::string_view name,
               const std::vector<std::string_view>& known);
  [[nodiscard]] Diagnostics& mistakes() { return mistakes_; }

  /// A key's value if it is there and sound.
  static const Node* sound(const Node& map, std::string_view key);
  static double number(const Node& map, std::string_view key, double otherwise);
  static std::string text(const Node& map, std::string_view key, std::string otherwise = {});
  /// The items of a list, or a single value as one item.
  static std::vector<const Node*> one_or_many(const Node& node);

  Distribution distribution(const Node& node, const std::string& path);
  Intervals day_hours(const Node& node, const std::string& path);
  WeekHours week_hours(const Node& node, const std::string& path);
  Balking balking(const Node& node, const std::string& path);
  static Closing closing(const Node& node);

 private:
  Diagnostics& mistakes_;
};

/// Dotted path of a key.
std::string path_of(const std::string& path, std::string_view key);
std::string path_of(const std::string& path, std::size_t index);

/// By days, or in one unbroken stretch; unknown while the run has mistakes about it.
enum class RunForm : unsigned char { unknown, days, unbroken };

/// Reads `run:`. Mistakes between its keys are added.
Run build_run(Builder& builder, const Node& root, RunForm& form);

/// Reads `stations:` of the bare form.
std::vector<BareStation> build_stations(Builder& builder, const Node& root, const Run& run, RunForm form);

/// Reads the province, its rules and the verbs into the scenario; `data` receives the canonical lines
/// that say which tables were read.
void build_province(Builder& builder, const Node& root, Scenario& scenario, std::string& data);

}  // namespace pishkhan
