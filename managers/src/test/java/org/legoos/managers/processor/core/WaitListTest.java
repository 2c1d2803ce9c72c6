package org.legoos.managers.processor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitListTest {
    private static final int IN = 1;
    private static final int OUT = 4;

    private final WaitList list = new WaitList();
    private final List<String> woken = new ArrayList<>();

    private WaitLink link(String name) {
        return new WaitLink(ready -> woken.add(name));
    }

    @Test
    void wakesOnlyThoseWhoAreInterested() {
        list.add(link("reader"), IN);
        list.add(link("writer"), OUT);
        list.add(link("any"));
        list.wake(IN);
        assertThat(woken).containsExactly("reader", "any");
        list.wakeAll();
        assertThat(woken).containsExactly("reader", "any", "reader", "writer", "any");
    }

    @Test
    void oneExclusiveWaiterIsEnough() {
        list.addExclusive(link("first"), IN);
        list.add(link("plain"), IN);
        list.addExclusive(link("second"), IN);
        list.wake(IN);
        assertThat(woken).containsExactly("first", "plain");
    }

    @Test
    void anExclusiveWaiterWithoutUseLeavesItToTheNext() {
        list.addExclusive(new WaitLink(new Waiter() {
            @Override
            public void wake(int ready) {}

            @Override
            public boolean wakeOne(int ready) {
                return false;
            }
        }), IN);
        list.addExclusive(link("second"), IN);
        list.wake(IN);
        assertThat(woken).containsExactly("second");
    }

    @Test
    void linksAreUsedAgain() {
        WaitLink a = link("a");
        WaitLink b = link("b");
        WaitLink c = link("c");
        list.add(a);
        list.add(b);
        list.add(c);
        list.remove(b);
        list.wakeAll();
        list.remove(a);
        list.remove(c);
        assertThat(list.isEmpty()).isTrue();
        list.remove(c); // not there: nothing happens
        list.add(b);
        list.wakeAll();
        assertThat(woken).containsExactly("a", "c", "b");
        assertThatThrownBy(() -> list.add(b)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interestCanChange() {
        WaitLink link = link("x");
        list.add(link, IN);
        list.setInterest(link, OUT);
        list.wake(IN);
        assertThat(woken).isEmpty();
        list.wake(OUT);
        assertThat(woken).hasSize(1);
    }
}
