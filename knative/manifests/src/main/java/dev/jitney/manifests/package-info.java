/**
 * Renders kustomizations as {@code kubectl kustomize} does: the part of it that this project uses,
 * and nothing beyond.
 */
@NullMarked
package dev.jitney.manifests;

import org.jspecify.annotations.NullMarked;
