package dev.jitney.ledger.stored;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.Overflow;
import dev.jitney.ledger.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Those who stand further back in line to their stored form and back, without loss. */
public final class PageMapping {
    private PageMapping() {}

    public static StoredPage toStored(Page page) {
        return new StoredPage(LedgerSchema.VERSION, notes(page.notes()));
    }

    public static Page fromStored(StoredPage stored) {
        return new Page(notes(stored.notes()));
    }

    static StoredOverflow toStored(RunnerClassName runnerClass, Overflow overflow) {
        Optional<Overflow.Recall> recall = overflow.recall();
        return new StoredOverflow(
                runnerClass.value(),
                Nanos.of(overflow.from().createdAt()),
                overflow.from().job().value(),
                recall.map(each -> Nanos.of(each.from().createdAt())).orElse(0L),
                recall.map(each -> each.from().job().value()).orElse(0L),
                recall.map(each -> Nanos.of(each.since())).orElse(0L),
                List.copyOf(overflow.minutes()),
                notes(overflow.unfiled()));
    }

    static Overflow fromStored(StoredOverflow stored) {
        Optional<Overflow.Recall> recall =
                stored.recallJob() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Overflow.Recall(
                                        age(stored.recallCreatedAt(), stored.recallJob()),
                                        Nanos.toInstant(stored.recallSince())));
        return new Overflow(
                age(stored.fromCreatedAt(), stored.fromJob()),
                recall,
                new TreeSet<>(stored.minutes()),
                notes(stored.unfiled()));
    }

    private static List<StoredNote> notes(Map<Organization, Age> notes) {
        return notes.entrySet().stream()
                .map(
                        each ->
                                new StoredNote(
                                        each.getKey().login(),
                                        Nanos.of(each.getValue().createdAt()),
                                        each.getValue().job().value()))
                .toList();
    }

    private static Map<Organization, Age> notes(List<StoredNote> stored) {
        Map<Organization, Age> notes = new LinkedHashMap<>();
        stored.forEach(
                each ->
                        notes.put(
                                new Organization(each.organization()),
                                age(each.createdAt(), each.job())));
        return notes;
    }

    private static Age age(long createdAt, long job) {
        return new Age(Nanos.toInstant(createdAt), new JobId(job));
    }
}
