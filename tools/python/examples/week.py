"""From a scenario to a frame in ten lines. The marks `# %%` make cells in notebooks and editors."""
# %% A week of the province, in which a service moves to the offices
import pishkhan

week = pishkhan.Scenario.load("registry-moves.yaml").set({"run.start": "1395-02-18", "run.days": 7})
result = pishkhan.run(week, replications=2)
# %% The waits of each channel, in minutes, with their intervals
channels = result.frame("channels").set_index("channel")
waits = channels.filter(regex="^wait_s_") / 60
print(waits.round(1))
# %% Is it better than the baseline?
before = pishkhan.Scenario.load("mazandaran/baseline.yaml")
differences = pishkhan.compare(before, result).tables.differences.frame()
all_together = differences.query("level == 'all' and channel == 'all' and period == 'whole'")
print(all_together[["quantity", "difference_mean", "difference_low", "difference_high"]].dropna())
