package dev.jitney.classes;

import dev.jitney.core.RunnerClass;
import dev.jitney.yaml.YamlField;

/**
 * One class of the file.
 *
 * @param runnerClass what decides which jobs it gets
 * @param written all that the file says of it, its pod too
 */
public record ClassEntry(RunnerClass runnerClass, YamlField written) {}
