package dev.verbs.ledger;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A contract test that sees the effect of verbs. The coverage ledger believes it only for a device on which the test passed and
 * called them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Covers {
    /** The C names, such as {@code ibv_resize_cq}. */
    String[] value();
}
