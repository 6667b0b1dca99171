package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a program says about memory that is paged on demand.
 *
 * <p>C: {@code enum ibv_advise_mr_advice}.
 */
public enum MemoryAdvice {
    /** Pages will be read: bring them in. C: {@code IBV_ADVISE_MR_ADVICE_PREFETCH}. */
    PREFETCH(types_h.IBV_ADVISE_MR_ADVICE_PREFETCH()),
    /** Pages will be written: bring them in writable. C: {@code IBV_ADVISE_MR_ADVICE_PREFETCH_WRITE}. */
    PREFETCH_WRITE(types_h.IBV_ADVISE_MR_ADVICE_PREFETCH_WRITE()),
    /** Pages that are in memory will be used: map them, but bring none in. C: {@code IBV_ADVISE_MR_ADVICE_PREFETCH_NO_FAULT}. */
    PREFETCH_NO_FAULT(types_h.IBV_ADVISE_MR_ADVICE_PREFETCH_NO_FAULT());

    private final int code;

    MemoryAdvice(final int code) {
        this.code = code;
    }

    /**
     * The value in the C call. C: {@code enum ibv_advise_mr_advice}.
     *
     * @return the C code
     */
    public int code() {
        return code;
    }
}
