/** YAML files that people write, read so that whatever is wrong is told with its line. */
@NullMarked
package dev.jitney.yaml;

import org.jspecify.annotations.NullMarked;
