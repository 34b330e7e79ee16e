package dev.jitney.simulation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.check.Violation;
import java.nio.file.Path;
import java.util.logging.*;
public final class TryMain {
    public static void main(String[] a) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        Manifests m = Manifests.read(Path.of(a[0]));
        String world = a[1];
        SimulationFaults faults = SimulationFaults.of(a[2]);
        if (System.getProperty("without") != null) for (String f : System.getProperty("without").split(",")) faults = faults.without(dev.jitney.simulation.engine.Fault.valueOf(f));
        long from = Long.parseLong(a[3]), to = Long.parseLong(a[4]);
        int failed = 0;
        for (long s = from; s <= to; s++) {
            SimulationOptions o = world.equals("small") ? SimulationOptions.small(s, faults) : SimulationOptions.officeDay(s, faults);
            long t = System.nanoTime();
            try {
                SimulationReport r = Simulation.run(o, m);
                System.out.printf("seed %d ok hash %x %d ms events %d deliveries %d letters %d effects %d checks %d jobs %d ran %d cancelled %d lost %d peak %d p50 %d p95 %d max %d out %d rest %d%n",
                    s, r.hash(), (System.nanoTime()-t)/1000000, r.events(), r.deliveries(), r.deadLetters(), r.effects(), r.checks(), r.jobs(), r.ran(), r.cancelled(), r.lost(), r.peak(), r.waitMillis(0.5), r.waitMillis(0.95), r.waitMillis(1), r.longestOutMillis(), r.restMillis());
                if (from == to) System.out.println(r.repairs() + "\n" + r.faults());
            } catch (Violation v) {
                failed++;
                System.out.printf("seed %d FAILED after %d ms: %s%n", s, (System.nanoTime()-t)/1000000, v.getMessage().substring(0, Math.min(3000, v.getMessage().length())));
                if (from == to || a.length > 5) { v.tail().forEach(System.out::println); if (v.getCause() != null) v.getCause().printStackTrace(System.out); }
            }
        }
        System.out.println(failed + " failed");
    }
}
