package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressVector;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.QpAttributes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for values that are out of range, for GIDs that fit a peer, and for the trap of the RNR timer. */
class QpDiagnosisTest {
    private static Gid gid(final String address) {
        try {
            return Gid.of(InetAddress.getByName(address));
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static QpAttributes with(final String attribute, final int value) {
        final QpAttributes a = new QpAttributes();
        return switch (attribute) {
            case "port_num" -> a.port(value);
            case "pkey_index" -> a.pkeyIndex(value);
            case "timeout" -> a.timeout(value);
            case "retry_cnt" -> a.retryCount(value);
            case "rnr_retry" -> a.rnrRetry(value);
            case "min_rnr_timer" -> a.minRnrTimer(value);
            case "dest_qp_num" -> a.destinationQp(value);
            case "rq_psn" -> a.rqPsn(value);
            case "sq_psn" -> a.sqPsn(value);
            case "max_rd_atomic" -> a.maxReadAtomic(value);
            case "max_dest_rd_atomic" -> a.maxDestReadAtomic(value);
            default -> throw new AssertionError(attribute);
        };
    }

    @ParameterizedTest
    @CsvSource({"port_num, 1, 255", "pkey_index, 0, 65535", "timeout, 0, 31", "retry_cnt, 0, 7", "rnr_retry, 0, 7",
        "min_rnr_timer, 0, 31", "dest_qp_num, 0, 16777215", "rq_psn, 0, 16777215", "sq_psn, 0, 16777215", "max_rd_atomic, 0, 255",
        "max_dest_rd_atomic, 0, 255"})
    void shouldNameAttributeValueAndRange(final String attribute, final int least, final int most) {
        assertNull(QpRanges.objection(with(attribute, least)));
        assertNull(QpRanges.objection(with(attribute, most)));
        for (final int wrong : new int[] {least - 1, most + 1}) {
            assertEquals(attribute + " " + wrong + " is not in " + least + " .. " + most, QpRanges.objection(with(attribute, wrong)));
        }
    }

    @Test
    void shouldNotCountWhatTheMaskDoesNotName() {
        assertNull(QpRanges.objection(new QpAttributes().timeout(99).mask(0)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0, 0, port_num", "1, 256, 0, 0, 0, sgid_index", "1, 0, 65536, 0, 0, dlid", "1, 0, 0, 256, 0, sl",
        "1, 0, 0, 0, -1, traffic_class"})
    void shouldNameFieldsOfThePath(final int port, final int index, final int lid, final int sl, final int traffic,
        final String name) {
        final AddressVector path = new AddressVector(port, gid("10.0.0.1"), index, lid, true, 64, sl, traffic);
        assertTrue(QpRanges.objection(path).startsWith(name), QpRanges.objection(path));
        assertTrue(QpRanges.objection(new QpAttributes().address(path)).startsWith(name));
    }

    private static final List<GidEntry> GIDS = List.of(new GidEntry(1, 0, gid("fe80::1"), GidType.ROCE_V2),
        new GidEntry(1, 1, gid("10.0.0.1"), GidType.ROCE_V1), new GidEntry(1, 2, gid("192.168.7.1"), GidType.ROCE_V2),
        new GidEntry(1, 3, gid("10.0.0.1"), GidType.ROCE_V2), new GidEntry(1, 4, gid("fd00::1"), GidType.ROCE_V2));

    private static List<Integer> ranked(final String peer) {
        return GidRanking.rank(GIDS, gid(peer)).stream().map(GidEntry::index).toList();
    }

    @Test
    void shouldRankTheFamilyFirstThenTheTypeThenTheSubnet() {
        assertEquals(List.of(3, 2, 1), ranked("10.0.0.9").subList(0, 3));
        assertEquals(List.of(2, 3, 1), ranked("192.168.7.9").subList(0, 3));
        assertEquals(0, ranked("fe80::9").getFirst());
        assertEquals(4, ranked("fd00::9").getFirst());
    }

    @Test
    void shouldOfferGidsInWords() {
        final String offer = GidRanking.offer(GIDS, gid("10.0.0.9"), 0);
        assertTrue(offer.startsWith("GIDs for ::ffff:10.0.0.9, best first: gid-index 3 = ::ffff:10.0.0.1 (ROCE_V2, same family)"), offer);
        assertTrue(offer.contains("gid-index 0 = fe80:0:0:0:0:0:0:1 (ROCE_V2, other family, the one that was used)"), offer);
        assertTrue(GidRanking.offer(GIDS, gid("10.0.0.9"), 77).endsWith("gid-index 77 is not in use"));
        assertTrue(GidRanking.offer(List.of(), gid("10.0.0.9"), 0).contains("no GID"));
    }

    @Test
    void shouldWarnOfALongRnrTimerThatIsTriedForEver() {
        assertTrue(QpRanges.warning(0, 7).contains("655.36 ms"));
        assertNull(QpRanges.warning(0, 6));
        assertNull(QpRanges.warning(12, 7));
        assertNull(QpRanges.warning(-1, 7));
    }
}
