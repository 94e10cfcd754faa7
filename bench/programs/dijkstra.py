"""Shortest paths over a generated sparse graph with a heap of (distance, node) tuples.

Stresses heapq, tuple comparison, adjacency dicts and lists of tuples.
"""
import heapq

from _harness import main


def make_graph(nodes):
    state = 12345
    graph = {node: [] for node in range(nodes)}
    for node in range(nodes):
        graph[node].append(((node + 1) % nodes, 40))
        for _ in range(4):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            other = (state >> 8) % nodes
            graph[node].append((other, 1 + (state >> 3) % 97))
    return graph


def shortest_paths(graph, start):
    distances = {start: 0}
    done = set()
    heap = [(0, start)]
    while heap:
        distance, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        for other, weight in graph[node]:
            candidate = distance + weight
            if other not in distances or candidate < distances[other]:
                distances[other] = candidate
                heapq.heappush(heap, (candidate, other))
    return distances


def run(n):
    graph = make_graph(n)
    checksum = 0
    for start in range(0, n, n // 8):
        distances = shortest_paths(graph, start)
        checksum = (checksum * 31 + sum(distances.values()) + max(distances.values())) % 1000000007
    return checksum


if __name__ == "__main__":
    main(run, 60000)
