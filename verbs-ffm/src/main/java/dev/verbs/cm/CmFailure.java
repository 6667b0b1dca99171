package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;

/** What an event that is not the hoped-for one means, and what to do. */
final class CmFailure {
    private CmFailure() {
    }

    static RuntimeException of(final VerbsProvider provider, final String verb, final String target, final CmEvent event) {
        if (event.isRefusal()) {
            return RejectedException.of(target, event);
        }
        final int errno = event.status() < 0 ? -event.status() : Errno.ECONNRESET;
        return switch (event.type()) {
            case ADDR_ERROR -> new VerbsException(verb, errno, target + ": no host answers for the address (" + event
                + "): is it up, and in the network of an RDMA device's interface (ip neigh)? " + Surroundings.of(provider));
            case ROUTE_ERROR -> new VerbsException(verb, errno, target + ": no path leads there (" + event
                + "): is the subnet manager, or the link, up? " + Surroundings.of(provider));
            case UNREACHABLE -> new VerbsException(verb, Errno.EHOSTUNREACH, target + ": the peer's connection manager does not "
                + "answer (" + event + "): is rdma_ucm loaded there, and UDP port 4791 open? " + Surroundings.of(provider));
            case DEVICE_REMOVAL -> new VerbsException(verb, Errno.ENODEV, target + ": the device was removed");
            default -> new VerbsException(verb, errno, target + ": " + event);
        };
    }

    static VerbsException late(final VerbsProvider provider, final String verb, final String target) {
        return new VerbsException(verb, Errno.ETIMEDOUT, target + ": no answer before the deadline" + switch (verb) {
            case "rdma_resolve_addr", "rdma_resolve_route" -> "; " + Surroundings.of(provider);
            case "rdma_connect" -> ": does the peer accept or reject what it is asked?";
            case "rdma_accept" -> ": the peer has given up, or its confirmation is lost";
            default -> "";
        });
    }

    /** A refusal at once, together with what there is. */
    static VerbsException explained(final VerbsProvider provider, final VerbsException refused) {
        return new VerbsException(refused.verb(), refused.errno(), refused.diagnosis() + "; " + Surroundings.of(provider));
    }
}
