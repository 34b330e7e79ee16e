package dev.jitney.kubernetes;

/**
 * The answer to a creation: the pod exists now.
 *
 * @param uid uid of the pod, which its Secret names as owner
 * @param existed whether the pod was there before this call, from an earlier attempt
 */
public record Creation(String uid, boolean existed) {}
