package skyawg.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;

final class NodeRecordTest {
    private static final PublicKey S = key(1);
    private static final PublicKey M = key(2);
    private static final PublicKey ZERO = key(0);
    private static final NetworkId NETWORK = new NetworkId(7, 8);
    private static final long NOW = 1_767_225_600L;

    /** Every bit is kept, reserved ones too: a digest is over the bytes that the node itself published. */
    @Property(tries = 2000)
    void anyBytesOfTheVersionComeBackAsTheyWere(@ForAll @Size(AddressedRecord.LENGTH) byte[] bytes) {
        bytes[0] = NodeRecord.VERSION;
        AddressedRecord entry = AddressedRecord.decode(bytes, 0).orElseThrow();
        assertThat(entry.toBytes()).isEqualTo(bytes);
        assertThat(entry.node().toBytes()).isEqualTo(Arrays.copyOf(bytes, NodeRecord.LENGTH));
        assertThat(AddressedRecord.parse(entry.toText())).isEqualTo(entry);
        assertThat(entry.digest()).isEqualTo(RecordDigest.over(bytes));
        assertThat(RecordDigest.of(entry.digest().toBytes(), 0)).isEqualTo(entry.digest());
    }

    @Property(tries = 300)
    void otherVersionsAreNotRead(
            @ForAll @Size(AddressedRecord.LENGTH) byte[] bytes, @ForAll @ByteRange(min = -128) byte version) {
        bytes[0] = version;
        boolean isRead = AddressedRecord.decode(bytes, 0).isPresent();
        assertThat(isRead).isEqualTo(version == NodeRecord.VERSION);
    }

    @Property(tries = 2000)
    void anyTextIsReadOrRefusedWithAReason(@ForAll @StringLength(max = 160) String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressedRecord.parse(AddressedRecord.TEXT_PREFIX + text))
                .withMessageContaining("node record");
    }

    @ParameterizedTest
    @CsvSource({
        "'', begins with",
        "sky2:AA, begins with",
        "sky1:, has 149 characters",
        "sky1:AQ==, has 149 characters",
    })
    void refusesTextsOfAnotherForm(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressedRecord.parse(text))
                .withMessageContaining(reason);
    }

    @Test
    void refusesStandardBase64AndPadding() {
        String text = record(S, M, NOW + 1).toText();
        for (String wrong : new String[] {"+", "/", "=", " ", "\n"}) {
            String changed = text.substring(0, text.length() - 1) + wrong;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AddressedRecord.parse(changed))
                    .withMessageContaining("base64url");
        }
        String otherVersion = "sky1:Ag" + text.substring("sky1:".length() + 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressedRecord.parse(otherVersion))
                .withMessageContaining("version 2");
    }

    @Test
    void fieldsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeRecord(256, 0, 0, 0, S, M, 0, 0, 0, 0))
                .withMessageContaining("roles of a node record is 0 to 255, not 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeRecord(0, 0, 0, 0, S, M, 0, 0, 65_536, 0))
                .withMessageContaining("port over IPv4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeRecord(0, 0, 0, 0, S, M, 1L << 32, 0, 0, 0))
                .withMessageContaining("expiry");
    }

    @Test
    void reachableWhereItHasAddressAndPort() {
        AddressedRecord entry = record(S, M, NOW + 1);
        assertThat(entry.endpoint4()).map(Object::toString).contains("192.0.2.1:51821");
        assertThat(entry.endpoint6()).isEqualTo(Optional.empty());
        assertThat(entry.node().offers(Role.TRANSIT)).isTrue();
        assertThat(entry.node().offers(Role.LOCAL)).isFalse();
        assertThat(entry.node().capacityKbits()).isEqualTo(131_072);
    }

    @Test
    void digestDependsOnTheAddresses() {
        AddressedRecord entry = record(S, M, NOW + 1);
        AddressedRecord moved = new AddressedRecord(entry.node(), IpAddress.parse("192.0.2.2"), entry.ip6());
        assertThat(moved.digest()).isNotEqualTo(entry.digest());
    }

    @Test
    void judgesWhatIsWrongByItself() {
        assertThat(judge(record(S, M, NOW + 1), false)).isEqualTo(RecordVerdict.USABLE);
        assertThat(judge(record(S, M, NOW), false)).isEqualTo(RecordVerdict.EXPIRED);
        assertThat(judge(record(S, ZERO, NOW + 1), false)).isEqualTo(RecordVerdict.NO_MEDIUM_TERM_KEY);
        assertThat(judge(record(S, S, NOW + 1), false)).isEqualTo(RecordVerdict.BAD_KEYS);
        assertThat(judge(record(ZERO, M, NOW + 1), false)).isEqualTo(RecordVerdict.BAD_KEYS);
        NetworkId other = new NetworkId(9, 8);
        assertThat(RecordVerdict.judge(record(S, M, NOW + 1).node(), other, true, NOW))
                .isEqualTo(RecordVerdict.OTHER_NETWORK);
    }

    @Test
    void longLivedEntriesMayOutliveTheKeyOfTheDay() {
        assertThat(judge(record(S, M, NOW), true)).isEqualTo(RecordVerdict.NAMES_NODE_ONLY);
        assertThat(judge(record(S, ZERO, 0), true)).isEqualTo(RecordVerdict.NAMES_NODE_ONLY);
        assertThat(judge(record(S, M, NOW + 1), true)).isEqualTo(RecordVerdict.USABLE);
        assertThat(judge(record(ZERO, ZERO, 0), true)).isEqualTo(RecordVerdict.BAD_KEYS);
        assertThat(RecordVerdict.NAMES_NODE_ONLY.isIgnored()).isFalse();
        assertThat(RecordVerdict.EXPIRED.isIgnored()).isTrue();
    }

    static AddressedRecord record(PublicKey staticKey, PublicKey mediumTermKey, long expiry) {
        int roles = Role.TRANSIT.bit() | Role.INTERNET.bit();
        NodeRecord node =
                new NodeRecord(roles, 17, 40, NETWORK.prefix(), staticKey, mediumTermKey, expiry, 5, 51_821, 0);
        return new AddressedRecord(node, IpAddress.parse("192.0.2.1"), AddressedRecord.NO_IP6);
    }

    static AddressedRecord sample() {
        return record(S, M, NOW);
    }

    private static RecordVerdict judge(AddressedRecord entry, boolean isLongLived) {
        return RecordVerdict.judge(entry.node(), NETWORK, isLongLived, NOW);
    }

    private static PublicKey key(int value) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return PublicKey.of(bytes);
    }
}
