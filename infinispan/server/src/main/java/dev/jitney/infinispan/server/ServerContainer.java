package dev.jitney.infinispan.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.infinispan.commons.configuration.io.ConfigurationResourceResolvers;
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

    private static final String STACK_OF_ONE = "dev/jitney/infinispan/server/alone.xml";

    private ServerContainer() {}

    static DefaultCacheManager start(Path dataDir, Optional<Membership> membership) {
        ConfigurationBuilderHolder holder =
                membership.map(ServerContainer::member).orElseGet(ServerContainer::alone);
        keepState(holder.getGlobalConfigurationBuilder(), dataDir);
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

    /** The cluster's name is new each time, so that servers of one JVM do not find each other. */
    private static ConfigurationBuilderHolder alone() {
        ConfigurationBuilderHolder holder = parsed(new Properties(), "counters/counters.xml");
        holder.getGlobalConfigurationBuilder()
                .transport()
                .defaultTransport()
                .addProperty("configurationFile", STACK_OF_ONE)
                .clusterName("jitney-" + UUID.randomUUID())
                .nodeName("alone");
        return holder;
    }

    /** The files that production reads, in the order in which the server there reads them. */
    private static ConfigurationBuilderHolder member(Membership membership) {
        return parsed(
                membership.placeholders(),
                "loopback.xml",
                "transport/jgroups.xml",
                "counters/counters.xml");
    }

    private static void keepState(GlobalConfigurationBuilder global, Path dataDir) {
        global.globalState()
                .enable()
                .persistentLocation(dataDir.resolve("state").toString())
                .temporaryLocation(dataDir.resolve("temp").toString())
                .uncleanShutdownAction(UncleanShutdownAction.IGNORE);
    }

    private static Configuration definition(String cache) {
        String file = "caches/" + cache + ".xml";
        ConfigurationBuilder named =
                parsed(new Properties(), file).getNamedConfigurationBuilders().get(cache);
        if (named == null) {
            throw new IllegalStateException(file + " does not define '" + cache + "'");
        }
        return named.build();
    }

    private static ConfigurationBuilderHolder parsed(Properties placeholders, String... files) {
        ClassLoader loader = ServerContainer.class.getClassLoader();
        ParserRegistry registry = new ParserRegistry(loader, false, placeholders);
        ConfigurationBuilderHolder holder = new ConfigurationBuilderHolder(loader);
        for (String file : files) {
            try (InputStream in = open(file)) {
                registry.parse(
                        in,
                        holder,
                        ConfigurationResourceResolvers.DEFAULT,
                        MediaType.APPLICATION_XML);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return holder;
    }

    private static InputStream open(String resource) {
        InputStream in = ServerContainer.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("definition is missing: " + resource);
        }
        return in;
    }
}
