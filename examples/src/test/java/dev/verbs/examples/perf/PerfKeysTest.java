package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Gid;
import dev.verbs.examples.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes were recorded with strace from ib_write_bw of perftest 4.5 on rdma_rxe. */
class PerfKeysTest {
    static final Gid GID = Gid.ofHex("00000000000000000000ffff0a4d0001");
    static final PerfKeys CLIENT = new PerfKeys(0, 1, 0x64, 0x64c024, 0x5164, 0x55d40b8de000L, GID);
    static final String CLIENT_TEXT = "0000:0001:000064:64c024:00005164:000055d40b8de000:"
        + "00:00:00:00:00:00:00:00:00:00:ff:ff:0a:4d:00:01:00000000:\0";
    static final PerfKeys SERVER = new PerfKeys(0, 1, 0x63, 0x1834ea, 0x50dc, 0x5631f0bef000L, GID);
    static final String SERVER_TEXT = "0000:0001:000063:1834ea:000050dc:00005631f0bef000:"
        + "00:00:00:00:00:00:00:00:00:00:ff:ff:0a:4d:00:01:00000000:\0";

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldWriteWhatCWrites() {
        assertArrayEquals(bytes(CLIENT_TEXT), CLIENT.text(true));
        assertEquals(PerfKeys.TEXT_LENGTH_WITH_GID, CLIENT.text(true).length);
    }

    @Test
    void shouldReadWhatCWrites() {
        assertEquals(SERVER, PerfKeys.ofText(bytes(SERVER_TEXT)));
    }

    @Test
    void shouldLeaveOutAGidThatThereIsNot() {
        final PerfKeys keys = new PerfKeys(0x12, 4, 0xabcdef, 0x10, 0xffffffff, -1, PerfKeys.NONE.gid());
        assertArrayEquals(bytes("0012:0004:abcdef:000010:ffffffff:ffffffffffffffff:00000000\0"), keys.text(false));
        assertEquals(PerfKeys.TEXT_LENGTH, keys.text(false).length);
        assertEquals(keys, PerfKeys.ofText(keys.text(false)));
    }

    @Test
    void shouldWriteAStructureInNetworkOrder() {
        assertEquals("00000000" + "00000001" + "00000064" + "0064c024" + "00005164" + "00000000" + "000055d40b8de000"
            + "00000000000000000000ffff0a4d0001" + "00000000" + "00000001", HexFormat.of().formatHex(CLIENT.binary(1)));
        assertEquals(PerfKeys.BINARY_LENGTH, CLIENT.binary(1).length);
        assertEquals(CLIENT, PerfKeys.ofBinary(CLIENT.binary(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HTTP/1.1\r\n", "0000:0001:000064:64c024:00005164\0",
        "0000:0001:0000zz:64c024:00005164:000055d40b8de000:00000000\0", "0000:0001:000064:64c024:00005164:000055d40b8de000:00000000"})
    void shouldRefuseWhatIsNoKey(final String text) {
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> PerfKeys.ofText(bytes(text)));
        assertTrue(failure.getMessage().contains("does not speak perftest 4.5's protocol"), failure::getMessage);
    }
}
