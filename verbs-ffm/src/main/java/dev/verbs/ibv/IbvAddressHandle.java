package dev.verbs.ibv;

import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_ah_attr;
import dev.verbs.spi.AbstractAddressHandle;
import dev.verbs.spi.PathBack;
import dev.verbs.spi.QpRanges;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_ah}. */
final class IbvAddressHandle extends AbstractAddressHandle {
    private final MemorySegment pointer;

    private IbvAddressHandle(final IbvProtectionDomain domain, final AddressVector address, final MemorySegment pointer) {
        super(domain, address, pointer.address());
        this.pointer = pointer;
    }

    static IbvAddressHandle create(final IbvProtectionDomain domain, final AddressVector path) {
        final String objection = QpRanges.objection(path);
        if (objection != null) {
            throw new VerbsException("ibv_create_ah", Errno.EINVAL, objection + "; " + ModifyDiagnosis.explain(domain.context, path));
        }
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_ah_attr.allocate(frame.arena);
            QpAttributesCodec.write(path, attributes);
            return made(frame, domain, path, LibQueues.createAh(frame, domain.pointer, attributes), "ibv_create_ah");
        }
    }

    static IbvAddressHandle create(final IbvProtectionDomain domain, final WorkCompletions completions, final int index,
        final MemorySegment grh, final int port) {
        try (Frame frame = new Frame()) {
            final AddressVector path = path(frame, domain.context, completions, index, grh, port, "ibv_create_ah_from_wc");
            return made(frame, domain, path,
                LibQueues.createAhFromWc(frame, domain.pointer, completion(completions, index), grh, (byte)port),
                "ibv_create_ah_from_wc");
        }
    }

    private static IbvAddressHandle made(final Frame frame, final IbvProtectionDomain domain, final AddressVector path,
        final MemorySegment pointer, final String verb) {
        if (Frame.isNull(pointer)) {
            throw frame.failed(verb, ModifyDiagnosis.explain(domain.context, path));
        }
        return Frame.orElse(() -> new IbvAddressHandle(domain, path, pointer), () -> LibQueues.destroyAh(frame, pointer));
    }

    /** The path back, as the library sees it. */
    static AddressVector path(final IbvContext context, final WorkCompletions completions, final int index,
        final MemorySegment grh, final int port) {
        try (Frame frame = new Frame()) {
            return path(frame, context, completions, index, grh, port, "ibv_init_ah_from_wc");
        }
    }

    private static AddressVector path(final Frame frame, final IbvContext context, final WorkCompletions completions,
        final int index, final MemorySegment grh, final int port, final String verb) {
        PathBack.check(verb, completions, index, grh, port, context.queryDevice());
        final MemorySegment attributes = ibv_ah_attr.allocate(frame.arena);
        if (LibQueues.initAhFromWc(frame, context.pointer, (byte)port, completion(completions, index), grh, attributes) != 0) {
            throw new VerbsException(verb, frame.errno() == 0 ? Errno.EINVAL : frame.errno(),
                PathBack.explain(grh, context.gids(port)));
        }
        return QpAttributesCodec.readAddress(attributes);
    }

    private static MemorySegment completion(final WorkCompletions completions, final int index) {
        return completions.image().asSlice(index * WcDescriptor.SIZE, WcDescriptor.SIZE);
    }

    @Override
    protected void releaseDevice() {
        try (Frame frame = new Frame()) {
            frame.check(closeVerb(), LibQueues.destroyAh(frame, pointer), describe());
        }
    }
}
