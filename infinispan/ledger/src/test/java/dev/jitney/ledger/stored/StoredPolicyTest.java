package dev.jitney.ledger.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.ledger.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.Test;

class StoredPolicyTest {
    private final SerializationContext context = ProtobufUtil.newSerializationContext();

    StoredPolicyTest() {
        PolicySchema.create().register(context);
    }

    @Test
    void aPolicyComesBackAsItWas() throws IOException {
        assertEquals(Samples.policy(), read(bytes(Samples.policy())));
        assertEquals(PolicyDocument.EMPTY, read(bytes(PolicyDocument.EMPTY)));
    }

    /** The file is version 1 as it was first written. It is never written again. */
    @Test
    void aPolicyOfVersion1IsRead_whichKnewNothingOfNodes() throws IOException {
        assertEquals(Samples.policy().withRoom(OptionalInt.empty()), read(golden("policy-v1.hex")));
    }

    @Test
    void aPolicyOfANewerVersionIsRead() throws IOException {
        ByteArrayOutputStream newer = new ByteArrayOutputStream();
        newer.write(bytes(Samples.policy()));
        // Field 99, a number; field 100, a text; one more limit, of a kind nobody knows yet.
        newer.write(HexFormat.of().parseHex("98062a" + "a20603616263"));
        newer.write(HexFormat.of().parseHex("2a0a" + "0a06" + "706f6f6c2f78" + "1005"));

        assertEquals(Samples.policy(), read(newer.toByteArray()));
    }

    private byte[] bytes(PolicyDocument document) throws IOException {
        return ProtobufUtil.toByteArray(context, PolicyMapping.toStored(document));
    }

    private PolicyDocument read(byte[] bytes) throws IOException {
        return PolicyMapping.fromStored(
                ProtobufUtil.fromByteArray(context, bytes, StoredPolicy.class));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = StoredPolicyTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            return HexFormat.of()
                    .parseHex(
                            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                    .replaceAll("\\s", ""));
        }
    }
}
