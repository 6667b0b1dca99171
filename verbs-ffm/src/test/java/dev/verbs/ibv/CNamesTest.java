package dev.verbs.ibv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.EventType;
import dev.verbs.NodeType;
import dev.verbs.PortState;
import dev.verbs.Rate;
import dev.verbs.WcStatus;
import dev.verbs.headers.types_h;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the enums say, against the C functions that say it; only the library is needed, no device. */
class CNamesTest {
    private final Frame frame = new Frame();

    @BeforeEach
    void requireLibrary() {
        assumeTrue(Libraries.probe().usable(), () -> Libraries.probe().toString());
    }

    @SuppressWarnings("restricted")
    private static String text(final MemorySegment string) {
        return string.reinterpret(Long.MAX_VALUE).getString(0);
    }

    @Test
    void shouldCallNodeTypesAsTheLibraryDoes() {
        for (final NodeType type : NodeType.values()) {
            assertEquals(text(LibDevices.nodeTypeStr(frame, type.code())), type.text());
        }
    }

    @Test
    void shouldCallPortStatesAsTheLibraryDoes() {
        for (final PortState state : PortState.values()) {
            assertEquals(text(LibDevices.portStateStr(frame, state.code())), state.text());
        }
    }

    @Test
    void shouldCallEventsAsTheLibraryDoes() {
        for (final EventType type : EventType.values()) {
            assertEquals(text(LibDevices.eventTypeStr(frame, type.code())), type.text());
        }
    }

    @Test
    void shouldKnowEveryEventOfTheLibrary() {
        for (int code = 0; !"unknown".equals(text(LibDevices.eventTypeStr(frame, code))); code++) {
            assertEquals(code, EventType.of(code).code(), text(LibDevices.eventTypeStr(frame, code)));
        }
    }

    @Test
    void shouldCallCompletionStatusesAsTheLibraryDoes() {
        for (final WcStatus status : WcStatus.values()) {
            assertEquals(text(LibDevices.wcStatusStr(frame, status.code())), status.text());
        }
    }

    /** The two statuses of tag matching, which is not bound, read as UNKNOWN. */
    @Test
    void shouldKnowEveryCompletionStatusOfTheLibrary() {
        for (int code = 0; !text(LibDevices.wcStatusStr(frame, code)).startsWith("TM "); code++) {
            assertEquals(code, WcStatus.of(code).code(), text(LibDevices.wcStatusStr(frame, code)));
        }
    }

    @Test
    void shouldConvertRatesAsTheLibraryDoes() {
        for (final Rate rate : Rate.values()) {
            assertEquals(LibDevices.rateToMult(frame, rate.code()), rate.multiple(), rate.name());
            assertEquals(LibDevices.rateToMbps(frame, rate.code()), rate.mbps(), rate.name());
        }
    }

    @Test
    void shouldConvertMultiplesAsTheLibraryDoes() {
        for (int multiple = -2; multiple <= 500; multiple++) {
            assertEquals(LibDevices.multToIbvRate(frame, multiple), Rate.ofMultiple(multiple).code(), "multiple " + multiple);
        }
    }

    @Test
    void shouldConvertMbpsAsTheLibraryDoes() {
        for (final Rate rate : Rate.values()) {
            for (int mbps = rate.mbps() - 1; mbps <= rate.mbps() + 1; mbps++) {
                assertEquals(LibDevices.mbpsToIbvRate(frame, mbps), Rate.ofMbps(mbps).code(), "mbps " + mbps);
            }
        }
    }

    @Test
    void shouldKnowEveryRateOfTheLibrary() {
        for (int code = types_h.IBV_RATE_MAX(); code < 64; code++) {
            if (LibDevices.rateToMbps(frame, code) > 0) {
                assertEquals(code, Rate.of(code).code());
            }
        }
    }
}
