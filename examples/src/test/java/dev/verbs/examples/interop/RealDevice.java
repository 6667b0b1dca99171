package dev.verbs.examples.interop;

import dev.verbs.testkit.TestProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips each test (not the class, so that every skip is counted and carries its reason) on the software device. */
final class RealDevice implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(final ExtensionContext context) {
        return context.getTestMethod().isPresent() && TestProvider.isSoft()
            ? ConditionEvaluationResult.disabled("C programs cannot open the software device: needs a device of the kernel, "
                + "-Ddev.verbs.test.provider=ibv, as ./verbs test runs it in a virtual machine")
            : ConditionEvaluationResult.enabled("");
    }
}
