package skyawg.control.control;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lines of JSON to objects and back. Any thread. */
final class ControlCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private ControlCodec() {}

    /** Writes an object as one line, its end included. */
    static byte[] encode(Map<String, Object> object) {
        return (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ControlException {@code not_json} unless the bytes are one JSON object */
    static Map<String, Object> decode(byte[] line, int length) throws ControlException {
        try {
            Map<String, Object> object = MAPPER.readValue(line, 0, length, OBJECT);
            if (object == null) {
                throw notJson("null");
            }
            return object;
        } catch (JacksonException e) {
            throw notJson(e.getOriginalMessage());
        }
    }

    private static ControlException notJson(String reason) {
        return new ControlException(ControlException.NOT_JSON, "not a JSON object: " + reason, "");
    }

    /** @throws ControlException {@code bad_request} saying which part is missing, unknown or of the wrong type */
    static ControlRequest request(Map<String, Object> object) throws ControlException {
        long id = 0;
        String action = "";
        Map<String, String> with = Map.of();
        for (Map.Entry<String, Object> part : object.entrySet()) {
            switch (part.getKey()) {
                case "id" -> id = number(part.getValue());
                case "do" -> action = text("do", part.getValue());
                case "with" -> with = fields(part.getValue());
                default -> throw badRequest("unknown field '" + part.getKey() + "'");
            }
        }
        if (action.isEmpty()) {
            throw badRequest("field 'do' is missing");
        }
        return new ControlRequest(id, action, with);
    }

    private static long number(Object value) throws ControlException {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw badRequest("field 'id' is a number");
    }

    private static Map<String, String> fields(Object value) throws ControlException {
        if (!(value instanceof Map<?, ?> map)) {
            throw badRequest("field 'with' is an object");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String name = String.valueOf(field.getKey());
            fields.put(name, text(name, field.getValue()));
        }
        return fields;
    }

    private static String text(String name, Object value) throws ControlException {
        if (value instanceof String text) {
            return text;
        }
        throw badRequest("field '" + name + "' is a string");
    }

    static ControlException badRequest(String message) {
        return new ControlException(ControlException.BAD_REQUEST, message, "see awgd-control(5)");
    }

    static Map<String, Object> success(long id, Map<String, Object> result) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("ok", true);
        answer.put("result", result);
        return answer;
    }

    static Map<String, Object> refusal(long id, ControlException refused) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", refused.code());
        error.put("message", String.valueOf(refused.getMessage()));
        if (!refused.hint().isEmpty()) {
            error.put("hint", refused.hint());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("ok", false);
        answer.put("error", error);
        return answer;
    }
}
