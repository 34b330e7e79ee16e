/**
 * The calls Jitney makes on GitHub Enterprise Server, as a small port and its HTTP implementation.
 *
 * <p>Source of paths and shapes: the OpenAPI description of GHES 3.14
 * (github/rest-api-description).
 */
@NullMarked
package dev.jitney.ghes;

import org.jspecify.annotations.NullMarked;
