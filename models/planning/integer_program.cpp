#include "models/planning/integer_program.hpp"

#include <coin/Cbc_C_Interface.h>
#include <dlfcn.h>

#include <cmath>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

/// Loads CBC's library, and finds its functions.
class Library {
 public:
  Library() : handle_(dlopen("libCbcSolver.so.3", RTLD_NOW | RTLD_LOCAL)) {
    if (!handle_)
      throw EnvironmentError(std::string("cannot load the solver of integer programs: ") + dlerror());
  }
  template <class Function>
  Function* find(const char* name) const {
    void* function = dlsym(handle_, name);
    if (!function) throw EnvironmentError("the solver of integer programs has no " + std::string(name));
    return reinterpret_cast<Function*>(function);
  }

 private:
  void* handle_;
};

/// The functions of CBC's C interface. They are loaded for the first program: whoever plans nothing need not
/// wait until eleven libraries are there.
struct Cbc {
  Library library;
  decltype(::Cbc_newModel)* newModel = library.find<decltype(::Cbc_newModel)>("Cbc_newModel");
  decltype(::Cbc_deleteModel)* deleteModel = library.find<decltype(::Cbc_deleteModel)>("Cbc_deleteModel");
  decltype(::Cbc_addCol)* addCol = library.find<decltype(::Cbc_addCol)>("Cbc_addCol");
  decltype(::Cbc_addRow)* addRow = library.find<decltype(::Cbc_addRow)>("Cbc_addRow");
  decltype(::Cbc_setObjSense)* setObjSense = library.find<decltype(::Cbc_setObjSense)>("Cbc_setObjSense");
  decltype(::Cbc_setLogLevel)* setLogLevel = library.find<decltype(::Cbc_setLogLevel)>("Cbc_setLogLevel");
  decltype(::Cbc_setParameter)* setParameter = library.find<decltype(::Cbc_setParameter)>("Cbc_setParameter");
  decltype(::Cbc_setMaximumNodes)* setMaximumNodes =
      library.find<decltype(::Cbc_setMaximumNodes)>("Cbc_setMaximumNodes");
  decltype(::Cbc_setAllowableFractionGap)* setAllowableFractionGap =
      library.find<decltype(::Cbc_setAllowableFractionGap)>("Cbc_setAllowableFractionGap");
  decltype(::Cbc_solve)* solve = library.find<decltype(::Cbc_solve)>("Cbc_solve");
  decltype(::Cbc_isProvenInfeasible)* isProvenInfeasible =
      library.find<decltype(::Cbc_isProvenInfeasible)>("Cbc_isProvenInfeasible");
  decltype(::Cbc_isInitialSolveProvenPrimalInfeasible)* isInitialSolveProvenPrimalInfeasible =
      library.find<decltype(::Cbc_isInitialSolveProvenPrimalInfeasible)>(
          "Cbc_isInitialSolveProvenPrimalInfeasible");
  decltype(::Cbc_isProvenOptimal)* isProvenOptimal =
      library.find<decltype(::Cbc_isProvenOptimal)>("Cbc_isProvenOptimal");
  decltype(::Cbc_getBestPossibleObjValue)* getBestPossibleObjValue =
      library.find<decltype(::Cbc_getBestPossibleObjValue)>("Cbc_getBestPossibleObjValue");
  decltype(::Cbc_getObjValue)* getObjValue = library.find<decltype(::Cbc_getObjValue)>("Cbc_getObjValue");
  decltype(::Cbc_bestSolution)* bestSolution = library.find<decltype(::Cbc_bestSolution)>("Cbc_bestSolution");
  decltype(::Cbc_getColSolution)* getColSolution =
      library.find<decltype(::Cbc_getColSolution)>("Cbc_getColSolution");
};

void load(const IntegerProgram& program, bool whole, const Cbc& cbc, Cbc_Model* model) {
  for (const IntegerProgram::Column& column : program.columns) {
    cbc.addCol(model, "", column.low, column.high, column.gain, static_cast<char>(whole), 0, nullptr,
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
    cbc.addRow(model, "", static_cast<int>(columns.size()), columns.data(), values.data(), 'L', row.limit);
  }
  cbc.setObjSense(model, -1);
}

}  // namespace

ProgramAnswer solve(const IntegerProgram& program, bool whole, int most_nodes) {
  static std::mutex one_at_a_time;  // CBC reads its options through a variable that all threads share.
  const std::lock_guard lock(one_at_a_time);
  static const Cbc cbc;
  const std::unique_ptr<Cbc_Model, decltype(cbc.deleteModel)> owner(cbc.newModel(), cbc.deleteModel);
  Cbc_Model* const model = owner.get();
  cbc.setLogLevel(model, 0);
  load(program, whole, cbc, model);
  cbc.setParameter(model, "log", "0");
  cbc.setParameter(model, "threads", "0");
  cbc.setMaximumNodes(model, most_nodes);
  constexpr double kPart = 1e-5;
  cbc.setAllowableFractionGap(model, kPart);
  cbc.solve(model);
  ProgramAnswer answer;
  if (cbc.isProvenInfeasible(model) != 0 || cbc.isInitialSolveProvenPrimalInfeasible(model) != 0)
    return answer;
  answer.bound = whole ? cbc.getBestPossibleObjValue(model) : cbc.getObjValue(model);
  const double* values = whole ? cbc.bestSolution(model) : cbc.getColSolution(model);
  if (values == nullptr) return answer;
  answer.values.assign(values, values + program.columns.size());
  if (whole) {
    for (double& value : answer.values) value = std::round(value);
    answer.is_best = cbc.isProvenOptimal(model) != 0;
  }
  return answer;
}

}  // namespace pishkhan
