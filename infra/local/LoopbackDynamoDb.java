import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Starts DynamoDB Local for this machine only, and ends with the program that started it.
 *
 * DynamoDB Local has no option for the address it listens on and takes all of them, so that anyone on the
 * network could read the tables; its server is told here before it starts. When standard input ends, the
 * program that started us is gone, however it ended, and so are we.
 */
public class LoopbackDynamoDb {
  public static void main(String[] args) throws Exception {
    DynamoDBProxyServer dynamoDb = ServerRunner.createServerFromCommandLineArgs(args);
    Field server = DynamoDBProxyServer.class.getDeclaredField("server");
    server.setAccessible(true);
    for (Connector connector : ((Server) server.get(dynamoDb)).getConnectors()) {
      ((ServerConnector) connector).setHost("127.0.0.1");
    }
    dynamoDb.start();
    while (System.in.read() != -1) {
      // Nothing is ever sent: only the end matters.
    }
    Runtime.getRuntime().halt(0);
  }
}
