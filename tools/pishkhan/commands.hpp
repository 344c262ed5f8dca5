#pragma once
#include <filesystem>
#include <iosfwd>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/exit_code.hpp"
#include "tools/pishkhan/options.hpp"

// One function a command. What the user asked for goes to `out`; errors are thrown (UserError,
// EnvironmentError, Interrupted) and become exit codes in run_command_line.
namespace pishkhan {

/// Simulates and writes the tables. `earlier`: the results of the first replications, where they are known.
ExitCode run(const RunOptions& options, const TrialFunction& trial, std::ostream& out,
             std::vector<TrialResult> earlier = {});
/// Adds replications to an earlier run, whose folder then is that of a run of so many from the start.
ExitCode extend(const ExtendOptions& options, const TrialFunction& trial, std::ostream& out);
/// `options` with the formats, tables and language of the manifest that is run, where none are asked for, and
/// with files that are read once.
RunOptions complete(RunOptions options);

/// The scenario and, of a folder of results, its first replications: what `extend` simulates on from.
struct RunToExtend {
  RunOptions run;
  std::vector<TrialResult> earlier;
};
/// Throws UserError where the folder cannot be extended.
RunToExtend read_run_to_extend(const ExtendOptions& options);
/// What is wrong with the folder is wrong with an option of `run`, but not of `extend`.
std::vector<Diagnostic> of_folder(std::vector<Diagnostic> mistakes);
/// Simulates the points of a study, or of one shard of it.
ExitCode sweep(const SweepOptions& options, const TrialFunction& trial, std::ostream& out);
/// The same for callers that hear interrupts themselves; returns the folder of the results.
std::filesystem::path sweep_study(const SweepOptions& options, const TrialFunction& trial, std::ostream& out);
/// Joins the shards of a study: the folder that one sweep of all points leaves.
ExitCode merge(const MergeOptions& options, std::ostream& out);
/// Validates, resolves and forecasts.
ExitCode check(const CheckOptions& options, const TrialFunction& trial, std::ostream& out);
/// Makes the page of an earlier run from its results.sqlite and manifest.json.
ExitCode report(const ReportOptions& options, std::ostream& out);
/// Prints the sums of each replication of an earlier run, as CSV.
ExitCode print_replications(const ReplicationsOptions& options, std::ostream& out);
/// Compares runs with the same citizens, the first with each of the others.
ExitCode compare(const CompareOptions& options, const TrialFunction& trial, std::ostream& out);
/// Finds and proves the fewest clerks with which the scenario's targets hold.
ExitCode staff(const StaffOptions& options, std::ostream& out);
/// The same with a budget: puts clerks where they save the most waiting.
ExitCode place(const StaffOptions& options, std::ostream& out);
/// Chooses which of the candidates for new offices open.
ExitCode open_offices(const StaffOptions& options, std::ostream& out);
/// Chooses which offices are authorised to give which services.
ExitCode authorise(const StaffOptions& options, std::ostream& out);
/// Says what each assumed number does by itself to waits and to the order of offices.
ExitCode rank_assumptions(const AssumptionsOptions& options, const TrialFunction& trial, std::ostream& out);
ExitCode list_services(const ListOptions& options, std::ostream& out);
/// All offices, or one with its services, hours, link and neighbours.
ExitCode list_offices(const ListOptions& options, std::ostream& out);
ExitCode list_agencies(const ListOptions& options, std::ostream& out);
ExitCode list_counties(const ListOptions& options, std::ostream& out);
ExitCode list_places(const ListOptions& options, std::ostream& out);

}  // namespace pishkhan
