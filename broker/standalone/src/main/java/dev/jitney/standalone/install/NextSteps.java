package dev.jitney.standalone.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be run when the directory is there. */
public final class NextSteps {
    private NextSteps() {}

    /**
     * Commands, in their order.
     *
     * @param kubeconfig of the cluster, if it is not the current one
     */
    public static List<String> of(Site site, Path out, Optional<Path> kubeconfig) {
        List<String> steps = new ArrayList<>();
        kubeconfig.ifPresent(file -> steps.add("export KUBECONFIG=" + file.toAbsolutePath()));
        if (site.broker().hasInfinispanCluster()) {
            steps.add("kubectl apply -k " + out.resolve("infinispan"));
            steps.add(
                    "kubectl -n jitney-infinispan wait infinispan/infinispan"
                            + " --for=condition=WellFormed --timeout=10m");
        }
        steps.add("kubectl apply -k " + out);
        if (!site.broker().hasInfinispanCluster()) {
            steps.add(
                    "kubectl -n jitney-infinispan rollout status statefulset/infinispan"
                            + " --timeout=5m");
        }
        steps.add("kubectl -n jitney wait broker/events --for=condition=Ready --timeout=5m");
        steps.add("kubectl -n jitney wait ksvc --all --for=condition=Ready --timeout=5m");
        steps.add("kubectl -n jitney get ksvc webhook -o jsonpath='{.status.url}'");
        return steps;
    }

    /**
     * What tells GHES where to send webhooks, with the files that were written.
     *
     * @param ca the certificate of the authority of GHES
     */
    public static String webhook(Site site, Path out, Optional<Path> ca) {
        return "./jitney webhook install --scope %s --ghes-url %s%s --ghes-credentials %s"
                        .formatted(
                                site.hookText(),
                                site.ghesUrl(),
                                ca.map(file -> " --ghes-ca-file " + file).orElse(""),
                                SiteDirectory.ghesCredentials(out))
                + " --secret-file %s --url ADDRESS/webhook"
                        .formatted(SiteDirectory.webhookSecrets(out));
    }
}
