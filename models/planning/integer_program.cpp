#include "models/planning/integer_program.hpp"

#include <coin/Cbc_C_Interface.h>

#include <cmath>
#include <memory>
#include <mutex>
#include <utility>

namespace pishkhan {
namespace {

struct ModelDeleter {
  void operator()(void* model) const { Cbc_deleteModel(static_cast<Cbc_Model*>(model)); }
};
using Model = std::unique_ptr<void, ModelDeleter>;

void load(const IntegerProgram& program, bool whole, Cbc_Model* model) {
  for (const IntegerProgram::Column& column : program.columns) {
    Cbc_addCol(model, "", column.low, column.high, column.gain, static_cast<char>(whole), 0, nullptr,
               nullptr);
  }
  std::vector<int> columns;
  std::vector<double> values;
  for (const IntegerProgram::Row& row : program.rows) {
    columns.clear();
    values.clear();
    for (const auto& [column, value] : row.entries) {
      columns.push_back(static_cast<int>(column));
      values.push_back(value);
    }
    Cbc_addRow(model, "", static_cast<int>(columns.size()), columns.data(), values.data(), 'L', row.limit);
  }
  Cbc_setObjSense(model, -1);
}

}  // namespace

ProgramAnswer solve(const IntegerProgram& program, bool whole, int most_nodes) {
  static std::mutex one_at_a_time;  // CBC reads its options through a variable that all threads share.
  const std::lock_guard lock(one_at_a_time);
  const Model owner(Cbc_newModel());
  auto* model = static_cast<Cbc_Model*>(owner.get());
  Cbc_setLogLevel(model, 0);
  load(program, whole, model);
  Cbc_setParameter(model, "log", "0");
  Cbc_setParameter(model, "threads", "0");
  Cbc_setMaximumNodes(model, most_nodes);
  constexpr double kPart = 1e-5;
  Cbc_setAllowableFractionGap(model, kPart);
  Cbc_solve(model);
  ProgramAnswer answer;
  if (Cbc_isProvenInfeasible(model) != 0 || Cbc_isInitialSolveProvenPrimalInfeasible(model) != 0)
    return answer;
  answer.bound = whole ? Cbc_getBestPossibleObjValue(model) : Cbc_getObjValue(model);
  const double* values = whole ? Cbc_bestSolution(model) : Cbc_getColSolution(model);
  if (values == nullptr) return answer;
  answer.values.assign(values, values + program.columns.size());
  if (whole) {
    for (double& value : answer.values) value = std::round(value);
    answer.is_best = Cbc_isProvenOptimal(model) != 0;
  }
  return answer;
}

}  // namespace pishkhan
