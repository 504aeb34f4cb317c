import java.io.File;
import java.io.StringReader;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gephi.graph.api.*;
import org.gephi.graph.api.types.TimestampSet;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

/**
 * Opens files as Gephi does and prints what Gephi made of them, one fact a line.
 *
 * Usage: ImportReport [-- FILE [FILE ...]] ...; the files after each -- go into one workspace of
 * their own (nodes before edges).
 */
public class ImportReport {

    public static void main(String[] words) throws Exception {
        Lookup.getDefault().lookup(ProjectController.class).newProject();
        List<String> files = new ArrayList<>();
        for (String word : words) {
            if (!word.equals("--")) {
                files.add(word);
            } else if (!files.isEmpty()) {
                open(files);
                files.clear();
            }
        }
        open(files);
    }

    private static void open(List<String> files) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        Workspace workspace = projects.newWorkspace(projects.getCurrentProject());
        projects.openWorkspace(workspace);
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        line("opened", files.get(0));
        boolean appended = false;
        for (String name : files) {
            Container container = importer.importFile(new File(name));
            container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
            Report reading = container.getReport();
            container.closeLoader();
            print(reading);
            importer.process(container, appended ? new AppendProcessor() : new DefaultProcessor(), workspace);
            if (container.getReport() != reading) {
                print(container.getReport());
            }
            appended = true;
        }
        describe(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace));
    }

    private static void print(Report report) throws Exception {
        for (java.util.Iterator<Issue> issues = report.getIssues(100000); issues.hasNext(); ) {
            Issue issue = issues.next();
            line("issue", issue.getLevel() + " " + issue.getMessage());
        }
        BufferedReader text = new BufferedReader(new StringReader(report.getText()));
        for (String entry; (entry = text.readLine()) != null; ) {
            if (!entry.isBlank()) {
                line("report", entry.trim());
            }
        }
    }

    private static void describe(GraphModel model) {
        Graph graph = model.getGraph();
        line("nodes", graph.getNodeCount());
        line("edges", graph.getEdgeCount());
        line("dynamic", model.isDynamic());
        line("multigraph", model.isMultiGraph());
        line("time format", model.getTimeFormat());
        line("time representation", model.getConfiguration().getTimeRepresentation());
        if (model.isDynamic()) {
            Interval bounds = model.getTimeBounds();
            line("time range", AttributeUtils.printTimestampInFormat(bounds.getLow(), TimeFormat.DATE)
                + " " + AttributeUtils.printTimestampInFormat(bounds.getHigh(), TimeFormat.DATE));
        }
        Map<String, Integer> edges = new TreeMap<>();
        int spells = 0;
        Column kinds = column(model.getEdgeTable(), "kind");
        boolean intervals = model.getConfiguration().getTimeRepresentation() == TimeRepresentation.INTERVAL;
        for (Edge edge : graph.getEdges()) {
            Object kind = edge.getTypeLabel();
            if ((kind == null || kind instanceof Number) && kinds != null) {
                kind = edge.getAttribute(kinds);  // a format that has no place for it
            }
            edges.merge(kind + (edge.isDirected() ? " directed" : " undirected"), 1, Integer::sum);
            Interval[] found = intervals ? edge.getIntervals() : null;
            spells += found == null ? 0 : found.length;
        }
        edges.forEach((kind, count) -> line("edges of kind", kind + " " + count));
        line("spells", spells);
        Map<String, Integer> nodes = new TreeMap<>();
        Column kind = column(model.getNodeTable(), "kind");
        for (Node node : graph.getNodes()) {
            nodes.merge(kind == null ? "?" : String.valueOf(node.getAttribute(kind)), 1, Integer::sum);
        }
        nodes.forEach((name, count) -> line("nodes of kind", name + " " + count));
        columns("node column", model.getNodeTable(), graph.getNodes().toArray());
        columns("edge column", model.getEdgeTable(), graph.getEdges().toArray());
        Map<String, Integer> colours = new TreeMap<>();
        double spread = 0;
        float size = 0;
        for (Node node : graph.getNodes()) {
            colours.merge(String.format("%08x", node.getColor().getRGB()), 1, Integer::sum);
            spread = Math.max(spread, Math.hypot(node.x(), node.y()));
            size = Math.max(size, node.size());
        }
        line("node colours", colours.size());
        line("spread", (long) spread);
        line("largest node", size);
    }

    private static Column column(Table table, String title) {
        for (Column column : table) {
            if (column.getTitle().equalsIgnoreCase(title)) {
                return column;
            }
        }
        return null;
    }

    private static void columns(String what, Table table, Element[] elements) {
        for (Column column : table) {
            int filled = 0;
            for (Element element : elements) {
                filled += element.getAttribute(column) == null ? 0 : 1;
            }
            line(what, column.getTitle() + " " + column.getTypeClass().getSimpleName() + " " + filled);
            if (column.getTypeClass() == TimestampSet.class && filled > 0) {
                line("dates", column.getTitle() + " " + range(column, elements));
            }
        }
    }

    private static String range(Column column, Element[] elements) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Element element : elements) {
            TimestampSet times = (TimestampSet) element.getAttribute(column);
            if (times != null) {
                for (double time : times.toPrimitiveArray()) {
                    first = Math.min(first, time);
                    last = Math.max(last, time);
                }
            }
        }
        return AttributeUtils.printTimestampInFormat(first, TimeFormat.DATE) + " "
            + AttributeUtils.printTimestampInFormat(last, TimeFormat.DATE);
    }

    private static void line(String what, Object value) {
        System.out.println(what + "\t" + value);
    }
}
