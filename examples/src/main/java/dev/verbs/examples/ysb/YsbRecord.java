package dev.verbs.examples.ysb;

import dev.verbs.stream.Filter;
import dev.verbs.stream.Query;
import dev.verbs.stream.RecordSchema;

/**
 * The record of the benchmark, 78 bytes, packed: user 16, page 16, campaign and ad as 64-bit ids (16), ad_type 9, event_type 9
 * (ASCII, zero-padded), event_time 8, ip 4. The campaign is the whole key, 64 bits, compared exactly.
 */
final class YsbRecord {
    static final RecordSchema SCHEMA = RecordSchema.named("ysb").bytes("user", 16).bytes("page", 16).int64("campaign").int64("ad")
        .bytes("ad_type", 9).bytes("event_type", 9).eventTime("event_time").int32("ip").build();

    private YsbRecord() {
    }

    static Query viewsPerCampaign(final long windowMs) {
        return Query.from(SCHEMA).filter(Filter.textEquals(SCHEMA.field("event_type"), "view"))
            .key("campaign").tumbling(windowMs).count();
    }
}
