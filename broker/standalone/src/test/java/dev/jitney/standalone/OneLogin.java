package dev.jitney.standalone;

import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.infinispan.server.core.security.sasl.SaslAuthenticator;
import org.wildfly.security.auth.callback.CredentialCallback;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.ClearPassword;
import org.wildfly.security.sasl.scram.ScramSaslServerFactory;

/** How a server of the Infinispan Operator asks who comes; it knows one. */
record OneLogin(String user, String password) implements SaslAuthenticator {
    @Override
    public SaslServer createSaslServer(
            String mechanism,
            List<Principal> principals,
            String protocol,
            String serverName,
            Map<String, String> properties)
            throws SaslException {
        return new ScramSaslServerFactory(WildFlyElytronPasswordProvider.getInstance())
                .createSaslServer(
                        mechanism, protocol, serverName, new HashMap<>(properties), this::answer);
    }

    private void answer(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback each : callbacks) {
            switch (each) {
                case NameCallback name when user.equals(name.getDefaultName()) ->
                        name.setName(user);
                case AuthorizeCallback who -> who.setAuthorized(true);
                case CredentialCallback asked when asked.isCredentialSupported(clear()) ->
                        asked.setCredential(clear());
                default -> throw new UnsupportedCallbackException(each);
            }
        }
    }

    private PasswordCredential clear() {
        return new PasswordCredential(
                ClearPassword.createRaw(ClearPassword.ALGORITHM_CLEAR, password.toCharArray()));
    }
}
