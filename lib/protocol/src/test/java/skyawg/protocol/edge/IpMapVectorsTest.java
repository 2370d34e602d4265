package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Every worked example of address mapping. */
final class IpMapVectorsTest {
    @Test
    void mapsEveryRecordedPacket() {
        int mapped = 0;
        int dropped = 0;
        try (OffHeapPacket packet = new OffHeapPacket()) {
            for (JsonNode example : Vectors.own("mesh/ipmap.json").get("cases")) {
                String name = example.get("name").asString();
                JsonNode in = example.get("in");
                byte[] before = Vectors.hex(in, "packet");
                packet.put(before);
                MappingResult result = map(in, packet);
                JsonNode out = example.get("out");
                if (out.has("packet")) {
                    assertThat(result).as(name).isEqualTo(MappingResult.MAPPED);
                    assertThat(packet.hex())
                            .as(name)
                            .isEqualTo(out.get("packet").asString());
                    mapped++;
                } else {
                    assertThat(out.get("result").asString()).isEqualTo("drop");
                    assertThat(result).as(name).isNotEqualTo(MappingResult.MAPPED);
                    assertThat(packet.bytes()).as(name).isEqualTo(before);
                    dropped++;
                }
                assertThat(packet.isIntactBehind()).as(name).isTrue();
            }
        }
        assertThat(mapped).isEqualTo(36);
        assertThat(dropped).isEqualTo(2);
    }

    private static MappingResult map(JsonNode in, OffHeapPacket packet) {
        AddressMapping mapping = AddressMapping.between(prefix(in, "old_prefix"), prefix(in, "new_prefix"));
        return switch (in.get("which").asString()) {
            case "src" -> mapping.mapSource(packet.address, packet.length);
            case "dst" -> mapping.mapDestination(packet.address, packet.length);
            default -> throw new IllegalStateException("unknown address: " + in.get("which"));
        };
    }

    private static Cidr prefix(JsonNode in, String field) {
        byte[] address = HexFormat.of().parseHex(in.get(field).asString());
        return new Cidr(IpAddress.of(address), in.get("prefix_length").asInt());
    }
}
