@NullMarked
package dev.jitney.standalone.demo;

import org.jspecify.annotations.NullMarked;
