package dev.jitney.infinispan.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.UncleanShutdownAction;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.manager.DefaultCacheManager;

/** Makes the cache container from the definition files. */
final class ServerContainer {
    private static final List<String> CACHES = List.of("ledgers", "policy", "journal", "locks");

    private static final String STACK = "dev/jitney/infinispan/server/alone.xml";

    private ServerContainer() {}

    static DefaultCacheManager start(Path dataDir) {
        ConfigurationBuilderHolder holder =
                new ParserRegistry()
                        .parse(read("counters/counters.xml"), MediaType.APPLICATION_XML);
        configure(holder.getGlobalConfigurationBuilder(), dataDir);
        DefaultCacheManager container = new DefaultCacheManager(holder, false);
        container.start();
        try {
            for (String cache : CACHES) {
                container.defineConfiguration(cache, definition(cache));
                container.getCache(cache);
            }
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
        return container;
    }

    private static void configure(GlobalConfigurationBuilder global, Path dataDir) {
        // The cluster's name is new each time, so that servers of one JVM do not find each other.
        global.transport()
                .defaultTransport()
                .addProperty("configurationFile", STACK)
                .clusterName("jitney-" + UUID.randomUUID())
                .nodeName("alone");
        global.globalState()
                .enable()
                .persistentLocation(dataDir.resolve("state").toString())
                .temporaryLocation(dataDir.resolve("temp").toString())
                .uncleanShutdownAction(UncleanShutdownAction.IGNORE);
    }

    private static Configuration definition(String cache) {
        ConfigurationBuilderHolder parsed =
                new ParserRegistry()
                        .parse(read("caches/" + cache + ".xml"), MediaType.APPLICATION_XML);
        ConfigurationBuilder named = parsed.getNamedConfigurationBuilders().get(cache);
        if (named == null) {
            throw new IllegalStateException(cache + ".xml does not define '" + cache + "'");
        }
        return named.build();
    }

    private static String read(String resource) {
        try (InputStream in = ServerContainer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("definition is missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
