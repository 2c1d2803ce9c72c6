package org.legoos.managers.processor.pcache;

import org.legoos.fit.Ibapi;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.Scheduler;

/** The parts of one ExCache, made in the order in which they need each other. */
final class PcacheParts {
    final PcacheConfig config;
    final PhysicalMemory memory;
    final FrameAllocator frames;
    final Clock clock;
    final Printk log;
    final Scheduler sched;
    final PcacheGeometry geometry;
    final PcacheEvents events;
    final Waits waits;
    final LineTable lines;
    final SetTable sets;
    final SpaceTable spaces;
    final ReverseMap rmap;
    final Mappings mappings;
    final EvictionPolicy policy;
    final SetLists lists;
    final FaultContexts contexts;
    final LineMessages messages;
    final Writeback writeback;
    final MissTimes times;

    PcacheParts(Kernel kernel, Ibapi ibapi, PcacheConfig config, PcacheGeometry geometry) {
        this.config = config;
        this.memory = kernel.memory();
        this.frames = kernel.frames();
        this.clock = kernel.clock();
        this.log = kernel.log();
        this.sched = kernel.sched();
        this.geometry = geometry;
        events = new PcacheEvents(kernel.counters());
        waits = new Waits(clock);
        lines = new LineTable(memory, geometry);
        sets = new SetTable(geometry, lines);
        spaces = new SpaceTable();
        rmap = new ReverseMap(lines, events);
        mappings = new Mappings(memory, geometry, lines, rmap, spaces);
        policy = switch (config.policy()) {
            case LRU, FIFO -> new ListPolicy(sets, lines);
            case RANDOM -> new RandomPolicy(sets, lines, geometry, config.seed());
        };
        lists = new SetLists(sets, lines, policy, waits);
        contexts = new FaultContexts(frames);
        messages = new LineMessages(memory, ibapi, events);
        writeback = new Writeback(geometry, lines, rmap, mappings, messages, log);
        times = new MissTimes(clock, kernel.counters(), config.stageTimes());
    }
}
