import java.io.File;
import org.gephi.graph.api.*;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.SVGExporter;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.layout.plugin.forceAtlas2.*;
import org.gephi.layout.plugin.labelAdjust.*;
import org.gephi.preview.api.*;
import org.gephi.preview.types.*;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

/** Lays a file out with Gephi's own ForceAtlas2 and draws it: Drawing IN.gexf OUT.svg [STEPS]. */
public class Drawing {

    public static void main(String[] words) throws Exception {
        int steps = words.length > 2 ? Integer.parseInt(words[2]) : 1500;
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        importer.process(importer.importFile(new File(words[0])), new DefaultProcessor(), workspace);
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);

        ForceAtlas2 layout = new ForceAtlas2(new ForceAtlas2Builder());
        layout.setGraphModel(model);
        layout.resetPropertiesValues();
        layout.setScalingRatio(500.0);
        layout.setStrongGravityMode(true);
        layout.setGravity(0.5);
        layout.setThreadsCount(1);
        layout.initAlgo();
        for (int i = 0; i < steps && layout.canAlgo(); i++) {
            if (i == steps * 3 / 4) {
                layout.setAdjustSizes(true);
            }
            layout.goAlgo();
        }
        layout.endAlgo();

        PreviewModel preview = Lookup.getDefault().lookup(PreviewController.class).getModel(workspace);
        PreviewProperties look = preview.getProperties();
        look.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
        look.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
        look.putValue(PreviewProperty.NODE_LABEL_FONT,
            look.getFontValue(PreviewProperty.NODE_LABEL_FONT).deriveFont(11f));
        look.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.ORIGINAL));
        look.putValue(PreviewProperty.EDGE_CURVED, false);
        look.putValue(PreviewProperty.EDGE_THICKNESS, 1.5f);
        look.putValue(PreviewProperty.ARROW_SIZE, 6f);
        SVGExporter svg = (SVGExporter) Lookup.getDefault().lookup(ExportController.class).getExporter("svg");
        svg.setWorkspace(workspace);
        Lookup.getDefault().lookup(ExportController.class).exportFile(new File(words[1]), svg);
        System.out.println("drawn\t" + words[1]);
    }
}
