package dev.verbs.soft;

/**
 * What a duty cycle of an agent costs in virtual time. Immutable. No C counterpart.
 *
 * @param cycleNs    ns of every duty cycle, more than 0 unless measured
 * @param workNs     ns of each unit of work that {@code doWork} returned
 * @param isMeasured the CPU time that the cycle took, and neither of the others
 */
public record AgentCost(long cycleNs, long workNs, boolean isMeasured) {
    /** Refuses a cycle that takes no time: an agent that polls would stop the clock. */
    public AgentCost {
        if (!isMeasured && (cycleNs < 1 || workNs < 0)) {
            throw new IllegalArgumentException("a cycle of " + cycleNs + " ns and " + workNs + " ns for each unit of work: a cycle takes "
                + "1 ns at least");
        }
    }

    /**
     * The same for every run: one seed, one event log.
     *
     * @param cycleNs ns of every duty cycle, at least 1
     * @param workNs  ns of each unit of work, 0 or more
     * @return the cost
     */
    public static AgentCost modelled(final long cycleNs, final long workNs) {
        return new AgentCost(cycleNs, workNs, false);
    }

    /**
     * The CPU time that the agent's thread took, as this machine ran it: for experiments. No two runs are the same.
     *
     * @return the cost
     */
    public static AgentCost measured() {
        return new AgentCost(0, 0, true);
    }
}
