#pragma once
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/shape.hpp"

namespace pishkhan {

/// Writes down shapes into a language. The functions below each return one part of it.
class LanguageMaker {
 public:
  explicit LanguageMaker(Language& language) : language_(language) {}

  const Shape* quantity(Quantity quantity, Range range = {});
  const Shape* text() { return quantity(Quantity::text); }
  const Shape* id() { return quantity(Quantity::identifier); }
  const Shape* share() { return quantity(Quantity::share, {0, 1}); }
  const Shape* amount(Quantity kind) { return quantity(kind, {0}); }  ///< zero or more
  const Shape* positive(Quantity kind) { return quantity(kind, {.low = 0, .above = true}); }
  const Shape* whole(double low, double high) { return quantity(Quantity::count, {low, high}); }
  const Shape* words(std::vector<Word> words);
  const Shape* list(const Shape* item, std::size_t at_least = 0, std::string label = {});
  const Shape* verbs(const Shape* item, std::string label);  ///< a list that appends to its base's
  const Shape* object(std::string name, std::string label, std::vector<Field> fields);
  const Shape* choice(std::string name, std::string label, std::vector<Field> fields);
  const Shape* table(const Shape* item, std::string label);
  const Shape* either(std::string name, std::string label, std::vector<const Shape*> alternatives);

  /// Shapes used in several places, made once.
  struct Common {
    const Shape* handling = nullptr;  ///< a distribution of times
    const Shape* patience = nullptr;  ///< the same, or `never`
    const Shape* hours = nullptr;     ///< of a week
    const Shape* balking = nullptr;
    const Shape* closing = nullptr;
    const Shape* services = nullptr;  ///< which services
    const Shape* stations = nullptr;  ///< which offices and counters (`at:`)
    const Shape* channel = nullptr;
    const Shape* kind = nullptr;
    const Shape* ids = nullptr;  ///< one id or a list
  };
  const Common& common();

 private:
  Shape& add(Shape::Kind kind);
  const Shape* distribution();
  const Shape* week();
  const Shape* balking();

  Language& language_;
  Common common_;
};

inline Field required(std::string key, const Shape* shape, std::string doc) {
  return {std::move(key), shape, std::move(doc), true, {}};
}
inline Field optional(std::string key, const Shape* shape, std::string doc, std::string preset = {}) {
  return {std::move(key), shape, std::move(doc), false, std::move(preset)};
}

const Shape* station_shape(LanguageMaker& make);          ///< one station of the bare form
std::vector<Field> province_fields(LanguageMaker& make);  ///< the province and what holds for all of it
std::vector<Field> backbone_fields(LanguageMaker& make);  ///< links, systems and what befalls them
std::vector<Field> verb_fields(LanguageMaker& make);      ///< what a scenario changes

}  // namespace pishkhan
