package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is left on each node to pods that are not runners: daemons, and functions.
 *
 * @param amounts by name of the resource; {@code pods} is one of them
 */
public record NodeReserve(SortedMap<String, BigDecimal> amounts) {
    /** A few daemons of the usual size. */
    public static final String USUAL = "cpu=500m,memory=1Gi,pods=10";

    public NodeReserve {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    /**
     * Reads {@code name=quantity,name=quantity}; nothing is left to others by an empty text.
     *
     * @throws IllegalArgumentException with what to write
     */
    public static NodeReserve of(String text) {
        SortedMap<String, BigDecimal> amounts = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                String[] pair = part.split("=", 2);
                amounts.put(pair[0].strip(), amount(text, pair));
            }
        }
        return new NodeReserve(amounts);
    }

    private static BigDecimal amount(String text, String[] pair) {
        try {
            if (pair.length == 2 && !pair[0].isBlank()) {
                return Quantity.getAmountInBytes(Quantity.parse(pair[1].strip()));
            }
        } catch (IllegalArgumentException _) {
            // Said below, as of a part without '='.
        }
        throw new IllegalArgumentException(
                "JITNEY_CAPACITY_NODE_RESERVE is '"
                        + text
                        + "'; write name=quantity,name=quantity, for example "
                        + USUAL);
    }

    BigDecimal amountOf(String resource) {
        return amounts.getOrDefault(resource, BigDecimal.ZERO);
    }
}
