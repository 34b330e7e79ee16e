package dev.jitney.standalone.install;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A range of addresses, as a NetworkPolicy takes it.
 *
 * @param text such as {@code 10.244.0.0/16} or {@code fd00:10:244::/56}
 */
public record AddressRange(String text, boolean isVersion6) {

    /**
     * A range as it is written on the command line.
     *
     * @throws IllegalArgumentException with what to write
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        boolean isVersion6 = parts[0].contains(":");
        boolean isWritten =
                parts.length == 2
                        && parts[0].matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*")
                        && parts[1].matches("[0-9]{1,3}");
        if (!isWritten || !isFirstOfRange(parts[0], Integer.parseInt(parts[1]), isVersion6)) {
            throw new IllegalArgumentException(
                    "--cluster-range is '"
                            + text
                            + "'; write the first address of a range and how many bits all of it"
                            + " have in common, such as 10.244.0.0/16 or fd00:10:244::/56");
        }
        return new AddressRange(text, isVersion6);
    }

    /** All bits behind the common ones are zero, and it is not everything there is. */
    private static boolean isFirstOfRange(String address, int common, boolean isVersion6) {
        byte[] bytes = bytes(address);
        int bits = isVersion6 ? 128 : 32;
        return bytes.length * Byte.SIZE == bits
                && common > 0
                && common <= bits
                && new BigInteger(1, bytes).mod(BigInteger.ONE.shiftLeft(bits - common)).signum()
                        == 0;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException notOne) {
            return new byte[0];
        }
    }
}
